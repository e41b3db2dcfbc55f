/** Stands in for the one class of ICU that the FHIR validator calls. */
@NullMarked
package com.ibm.icu.text;

import org.jspecify.annotations.NullMarked;
