package io.tongdao.contract.plan;

/**
 * A directory into which one agency drops files (批量交换).
 *
 * @param directory where the collector finds it, with {@code ${…}} filled in
 */
public record Inbox(String name, String agency, String directory) {}
