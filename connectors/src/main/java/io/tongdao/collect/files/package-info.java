/**
 * Files that agencies drop into an inbox (批量交换): what a manifest says, whether the file beside it is what the manifest says, its rows,
 * and where file and receipt go afterwards. Knows nothing of topics; {@code io.tongdao.collect} takes the rows.
 *
 * <p>The name of a dropped file may hold an identifier: it is used to open the file and for nothing else. Whatever is said of a file is
 * said by its {@link io.tongdao.collect.files.Manifest#id()}.
 */
package io.tongdao.collect.files;
