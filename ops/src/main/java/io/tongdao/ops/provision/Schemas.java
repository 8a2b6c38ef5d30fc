package io.tongdao.ops.provision;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.tongdao.contract.topic.Topic;
import java.io.IOException;
import java.util.Collection;

/** Registers each topic's value schema; the registry refuses what isn't backward compatible. */
final class Schemas {
    private final SchemaRegistryClient registry;

    Schemas(SchemaRegistryClient registry) {
        this.registry = registry;
    }

    void register(Collection<Topic> topics) {
        for (Topic topic : topics) {
            if (topic.value() != null) {
                register(topic);
            }
        }
    }

    private void register(Topic topic) {
        try {
            registry.register(topic.valueSubject(), new AvroSchema(topic.schema()));
        } catch (IOException e) {
            throw new ProvisionFailed("the schema registry does not answer for " + topic.valueSubject(), e);
        } catch (RestClientException e) {
            throw new ProvisionFailed(
                    "the schema registry refuses the schema of " + topic.name() + " (" + e.getErrorCode()
                            + "): a change must be backward compatible",
                    e);
        }
    }
}
