package io.redstuff.spark.command;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.redstuff.spark.ScrubJob;
import io.redstuff.spark.Tables;
import java.io.PrintWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Shows what a scrub has found. */
final class Findings {
  private Findings() {}

  static ScrubJob.Report print(String title, Dataset<Row> findings, int most, PrintWriter out) {
    ScrubJob.Report report = ScrubJob.count(findings);
    new Summary(title)
        .line("blobs", report.blobs())
        .line("whole", report.whole())
        .line("damaged, decodable", report.decodable())
        .line("not decodable", report.undecodable())
        .line("slivers bad", report.bad())
        .line("slivers missing", report.missing())
        .line("bad copies of good slivers", report.superseded())
        .print(out);
    for (Row node : ScrubJob.byNode(findings).collectAsList()) {
      out.println(
          "  %s: %,d bad, %,d missing, of %,d blobs"
              .formatted(
                  node.getAs(Tables.PLACE),
                  node.<Long>getAs("bad"),
                  node.<Long>getAs("missing"),
                  node.<Long>getAs("blobs")));
    }
    for (Row blob :
        findings
            .where(
                expr("size(lost) > 0")
                    .or(col(ScrubJob.FAULT).isNotNull())
                    .or(expr("not decodable")))
            .orderBy(col(ScrubJob.DECODABLE), col(Tables.ID))
            .limit(most)
            .collectAsList()) {
      print(blob, out);
    }
    out.flush();
    return report;
  }

  private static void print(Row blob, PrintWriter out) {
    String fault = blob.getAs(ScrubJob.FAULT);
    out.println(
        "  %s: %s good slivers, %s lost, %s%s"
            .formatted(
                blob.getAs(Tables.ID),
                blob.getAs(ScrubJob.GOOD),
                blob.getList(blob.fieldIndex(ScrubJob.LOST)).size(),
                blob.<Boolean>getAs(ScrubJob.DECODABLE) ? "decodable" : "NOT decodable",
                fault == null ? "" : ", " + fault));
  }
}
