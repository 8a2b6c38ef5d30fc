/** What people say about golden records: objections (异议) and rulings (裁定), in order with the data (art. 20). */
@NullMarked
package io.tongdao.contract.dispute;

import org.jspecify.annotations.NullMarked;
