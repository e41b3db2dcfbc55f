package se.nhv.fhir.offenders.reporting;

import org.dhatim.fastexcel.Workbook;

/** A report that writes a file past the one data set that may be published. */
record ReportInWorkbook(Workbook workbook) {}
