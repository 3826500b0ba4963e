/** Files of secrets; for the modules of this library that keep some. */
package io.redstuff.internal.secret;
