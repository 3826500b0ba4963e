/**
 * Policies and keys in JSON, as people keep them in files. Points are in base64, ids in hexadecimal
 * digits after {@code 0x}.
 */
package io.redstuff.seal.json;
