/**
 * Synthetic hospitals for the demo, tests and load: deterministic, following the data contract, and
 * marked as synthetic in every resource. No real person is, or resembles, any of them.
 *
 * <p>What comes in: a unit of {@link se.nhv.fhir.synthetic.SyntheticHospitals}, a seed and the
 * years. What goes out: patients one by one, of every {@link se.nhv.fhir.synthetic.CareArea} that
 * the unit gives, to be held, written to a folder or put in transactions. A patient's life is the
 * pathway of an area; each kind of care that it meets is a class of its own and writes into the
 * {@code Chart}, which knows until when anything can happen.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"measure"})
package se.nhv.fhir.synthetic;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
