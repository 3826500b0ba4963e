/**
 * Bulk work on Apache Spark: ids, encodings, quilts, scrubbing, repair and audits of millions of
 * blobs. An {@link io.redstuff.spark.Archive} is where encodings lie, as Parquet; each job has a
 * class of its own.
 */
package io.redstuff.spark;
