/** The program that {@code spark-submit} starts, with a command for each job. */
package io.redstuff.spark.command;
