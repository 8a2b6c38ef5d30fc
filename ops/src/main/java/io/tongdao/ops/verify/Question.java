package io.tongdao.ops.verify;

import java.util.Map;
import java.util.TreeMap;

/**
 * What is stated of one subject. Personal: never for a log.
 *
 * @param subject its identifier as people write it
 * @param stated item → the stated value as text: dates as {@code 2026-03-01}, times as {@code 2026-03-01T08:00:00}
 */
public record Question(String subject, Map<String, String> stated) {
    public Question {
        stated = new TreeMap<>(stated);
    }

    @Override
    public String toString() {
        return "Question[***]";
    }
}
