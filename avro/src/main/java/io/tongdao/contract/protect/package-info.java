/** What must leave no trace: protected subjects, rows and links (民法典 1110, 刑事诉讼法 64 and 286), in order with the data. */
@NullMarked
package io.tongdao.contract.protect;

import org.jspecify.annotations.NullMarked;
