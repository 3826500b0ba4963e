/**
 * Audits: whether a node still has its slivers, and how sure one can be of it.
 */
package io.redstuff.audit;
