/**
 * Classes that do what no class of the product may do, in rooms of their own: each wall in {@link
 * se.nhv.fhir.ArchitectureTest} must stop one of them. Nothing here is ever run.
 */
package se.nhv.fhir.offenders;
