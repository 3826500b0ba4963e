/** The page to look through, and the JSON behind it. */
package io.redstuff.front.page;
