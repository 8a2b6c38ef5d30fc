/** What becomes of the exchange when one catalogue follows another (art. 14, 16, 36): found, said and judged; pure. */
@NullMarked
package io.tongdao.contract.change;

import org.jspecify.annotations.NullMarked;
