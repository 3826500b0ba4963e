/**
 * What runs on executors: codecs that a JVM keeps, files of any Hadoop file system as blobs,
 * slivers on disk, and rows that are made one after another.
 */
package io.redstuff.spark.task;
