package io.tongdao.lakehouse.open;

import java.util.Map;

/**
 * What is kept of a row that was ever published: nothing that tells of it without the installation's key.
 *
 * @param row a token of its key
 * @param subject a token of whom it is about
 * @param atom rows with the same number were published alike in all versions
 * @param told sensitive item → a token of the value that it was last published with; empty where it had none
 */
public record Remembered(String row, String subject, int atom, Map<String, String> told) {}
