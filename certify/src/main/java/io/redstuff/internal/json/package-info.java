/** How this library reads JSON, strictly; for its own modules. */
package io.redstuff.internal.json;
