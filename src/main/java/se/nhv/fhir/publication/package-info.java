/**
 * What the public may see of the reports: the disclosure policy, what must be hidden beside what it
 * hides, the attacker that audits every release against all earlier ones, and the one published
 * data set with its forms. Exact summary reports come in; releases go out. Separate, because a
 * report to the authority is exact and nothing here may change one.
 */
@NullMarked
@ApplicationModule(
    allowedDependencies = {"measure", "content", "reporting", "reporting :: national", "store"})
package se.nhv.fhir.publication;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
