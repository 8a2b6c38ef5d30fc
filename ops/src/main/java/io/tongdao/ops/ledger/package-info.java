/** The release ledger (留痕, art. 28, 35) as a data subject, a provider and the authority read it. */
@NullMarked
package io.tongdao.ops.ledger;

import org.jspecify.annotations.NullMarked;
