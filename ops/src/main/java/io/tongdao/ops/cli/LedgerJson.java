package io.tongdao.ops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tongdao.contract.witness.ReleasedUnder;
import io.tongdao.ops.ledger.LedgerAnswer;
import io.tongdao.ops.ledger.LedgerAnswer.Received;
import io.tongdao.ops.ledger.LedgerAnswer.Released;
import io.tongdao.ops.ledger.LedgerAnswer.Verified;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/** An answer for programs: one entry a line, in the words of grants and of the ledger's tables. */
final class LedgerJson {
    private static final JsonMapper JSON = new JsonMapper();
    private final PrintWriter out;

    LedgerJson(PrintWriter out) {
        this.out = out;
    }

    void print(LedgerAnswer answer) {
        switch (answer) {
            case LedgerAnswer.OfSubject subject -> {
                subject.received().forEach(this::received);
                subject.verified().forEach(this::verified);
            }
            case LedgerAnswer.OfGrants grants -> grants.released().forEach(this::released);
        }
        out.flush();
    }

    private void received(Received one) {
        Map<String, Object> line = under(one.under());
        line.put("first_at", one.first().toString());
        line.put("last_at", one.last().toString());
        say(counted(line, one.records(), one.tombstones()));
    }

    private void released(Released one) {
        Map<String, Object> line = under(one.under());
        line.put("window_start", one.from().toString());
        line.put("window_end", one.to().toString());
        say(counted(line, one.records(), one.tombstones()));
    }

    private void verified(Verified one) {
        Map<String, Object> line = line(one.grant(), one.epoch(), "verify", one.consumer());
        line.put("items", new TreeSet<>(one.items()));
        line.put("first_at", one.first().toString());
        line.put("last_at", one.last().toString());
        line.put("times", one.times());
        say(line);
    }

    private static Map<String, Object> under(ReleasedUnder under) {
        Map<String, Object> line = line(under.grant(), under.epoch(), under.kind(), under.consumer());
        line.put("purpose", under.purpose());
        line.put("source_table", under.table());
        line.put("key_form", under.key());
        line.put("items", under.masks());
        return line;
    }

    private static Map<String, Object> line(String grant, int epoch, String kind, String consumer) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("grant_id", grant);
        line.put("epoch", epoch);
        line.put("kind", kind);
        line.put("consumer", consumer);
        return line;
    }

    private static Map<String, Object> counted(Map<String, Object> line, long records, long tombstones) {
        line.put("records", records);
        line.put("tombstones", tombstones);
        return line;
    }

    private void say(Map<String, Object> line) {
        try {
            out.println(JSON.writeValueAsString(line));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an entry can't be written", e);
        }
    }
}
