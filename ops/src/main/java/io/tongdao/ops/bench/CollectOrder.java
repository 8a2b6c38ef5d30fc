package io.tongdao.ops.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Source;
import java.util.Map;

/**
 * What a {@link CollectMain} is to do.
 *
 * @param kafka client settings of the principal that collects
 * @param floor whether the floor is to run in place of our collector
 * @param catalogue a directory, or empty for the benches' own table
 */
record CollectOrder(Source source, Map<String, Object> kafka, String registry, boolean floor, String catalogue) {
    private static final JsonMapper JSON = new JsonMapper();

    /** One line. Holds a password: for standard input only. */
    String line() {
        try {
            return JSON.writeValueAsString(this) + '\n';
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an order can't be written", e);
        }
    }

    static CollectOrder parse(String line) {
        try {
            return JSON.readValue(line, CollectOrder.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("standard input does not begin with an order", e);
        }
    }

    Plan plan() {
        return catalogue.isEmpty() ? BenchTable.plan(source) : BenchCatalogue.load(catalogue, source);
    }

    @Override
    public String toString() {
        return "CollectOrder[" + source.name() + (floor ? ", floor]" : "]");
    }
}
