/** What a daemon does for who asks: stores blobs and quilts, reads them, keeps bytes meanwhile. */
package io.redstuff.daemon.service;
