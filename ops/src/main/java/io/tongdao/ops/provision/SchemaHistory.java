package io.tongdao.ops.provision;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.tongdao.contract.change.Change;
import io.tongdao.contract.change.SchemaDiff;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.topic.Topic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * A plan's schemas against all that the registry knows of their topics: a compacted topic holds records of every version, not only of
 * the last. The registry itself is asked too.
 */
final class SchemaHistory {
    private static final int UNKNOWN_SUBJECT = 404;
    private final SchemaRegistryClient registry;

    SchemaHistory(SchemaRegistryClient registry) {
        this.registry = registry;
    }

    /** What stands against the topics whose schema changes; empty if nothing does. */
    List<Change> against(Plan now, Plan next) {
        List<Change> found = new ArrayList<>();
        for (Topic topic : next.topics()) {
            if (topic.value() != null && !now.topics().contains(topic)) {
                List<String> problems = problems(topic);
                if (!problems.isEmpty()) {
                    found.add(new Change.SchemaChanged(topic.name(), problems));
                }
            }
        }
        return found;
    }

    private List<String> problems(Topic topic) {
        String subject = topic.valueSubject();
        Set<String> problems = new LinkedHashSet<>();
        try {
            for (Integer version : registry.getAllVersions(subject)) {
                Schema old = new Schema.Parser()
                        .parse(registry.getSchemaMetadata(subject, version).getSchema());
                SchemaDiff.problems(old, topic.schema())
                        .forEach(line -> problems.add("version " + version + ": " + line));
            }
            if (problems.isEmpty() && !registry.testCompatibility(subject, new AvroSchema(topic.schema()))) {
                problems.add("the registry refuses it");
            }
        } catch (RestClientException e) {
            if (e.getStatus() != UNKNOWN_SUBJECT) {
                problems.add("the registry answers " + e.getErrorCode());
            }
        } catch (IOException e) {
            problems.add("the registry does not answer");
        }
        return List.copyOf(problems);
    }
}
