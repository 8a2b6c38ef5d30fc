/** The identifiers of art. 24 as value types, and the key that every record of a subject carries. */
@NullMarked
package io.tongdao.contract.identity;

import org.jspecify.annotations.NullMarked;
