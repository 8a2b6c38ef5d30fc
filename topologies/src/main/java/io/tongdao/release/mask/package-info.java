/** Masks and tokens: pure functions of one value. They see the JDK, the contract's value types and, behind {@link Hmac}, a library of SM3. */
@NullMarked
package io.tongdao.release.mask;

import org.jspecify.annotations.NullMarked;
