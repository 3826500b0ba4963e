/**
 * Files of SQLite that survive a crash: one process has a file open, and what was committed is on
 * the disk.
 */
package io.redstuff.network.sqlite;
