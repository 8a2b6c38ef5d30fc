package io.tongdao.ops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.tongdao.collect.ClusterConnector;
import io.tongdao.collect.ClusterConnector.Cluster;
import io.tongdao.collect.CollectSettings;
import io.tongdao.contract.plan.Plan;
import io.tongdao.contract.plan.Source;
import io.tongdao.ops.exchange.PlanSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tongdao collect connector}: a connection's connector for a Kafka Connect cluster, compiled from the catalogue. */
@Command(
        name = "connector",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the configuration of a connection's connector for a Kafka Connect cluster, compiled from the"
                    + " catalogue: the body of",
            "PUT /connectors/NAME/config, its name with it. Secrets stand in it as references that the workers' config"
                    + " provider",
            "'file' resolves: in the properties file --secrets under the connection's name, and the digest key under"
                    + " 'digest'.",
            "Needs no exchange, and changes nothing. How to set up the workers: ops/docs/engineer.md."
        })
final class ConnectorCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final byte[] NEVER_WRITTEN = new byte[32];
    private static final int REJECT_PARTITIONS = 1;
    private static final Pattern SECRET = Pattern.compile("password|jaas|secret|token|\\.key$");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "CONNECTION", description = "The connection, as sources.yaml names it.")
    private String connection = "";

    @Option(
            names = "--catalogue",
            paramLabel = "DIR",
            description = "The catalogue. Default: the sample province's, ops/catalogue")
    private Path catalogue = Place.home().resolve("ops/catalogue");

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "What stands for $${NAME} in the catalogue's connections; may be repeated.")
    private Map<String, String> variables = new LinkedHashMap<>();

    @Option(
            names = "--kafka",
            required = true,
            paramLabel = "FILE",
            description = "Properties of a client of the cluster, as the workers reach it: at least bootstrap.servers."
                    + " Secrets in it as references.")
    private Path kafka = Path.of("");

    @Option(
            names = "--registry",
            required = true,
            paramLabel = "URL",
            description = "The schema registry, as the workers reach it.")
    private String registry = "";

    @Option(
            names = "--secrets",
            paramLabel = "FILE",
            defaultValue = "/etc/tongdao/collect.properties",
            description = "The secrets' file on the workers. Default: ${DEFAULT-VALUE}")
    private String secrets = "";

    @Option(
            names = "--epoch",
            paramLabel = "N",
            defaultValue = "1",
            description = "Raised for each new snapshot; it is in the connector's name. Default: ${DEFAULT-VALUE}")
    private int epoch;

    @Override
    public Integer call() throws IOException {
        Map<String, Object> client = client();
        Plan plan = PlanSource.compile(catalogue, variables);
        Source source = source(plan);
        CollectSettings settings = CollectSettings.of(
                client, new CachedSchemaRegistryClient(registry, 1), reference -> reference(connection), NEVER_WRITTEN);
        Map<String, String> config = ClusterConnector.config(
                plan, source, settings, new Cluster(registry, reference("digest"), REJECT_PARTITIONS, epoch));
        print(config);
        return 0;
    }

    private Map<String, Object> client() throws IOException {
        if (!Files.isReadable(kafka)) {
            throw new CommandFailedException(Main.USAGE, "--kafka " + kafka + " can't be read");
        }
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(kafka)) {
            properties.load(in);
        }
        if (!properties.containsKey("bootstrap.servers")) {
            throw new CommandFailedException(Main.USAGE, "--kafka " + kafka + " has no bootstrap.servers");
        }
        Map<String, Object> client = new LinkedHashMap<>();
        for (String name : properties.stringPropertyNames()) {
            String value = properties.getProperty(name);
            if (SECRET.matcher(name).find() && !value.contains("${")) {
                throw new CommandFailedException(
                        Main.USAGE,
                        "--kafka " + kafka + ": " + name
                                + " stands in clear and would stand so in the connector; write a"
                                + " reference that the workers resolve, such as " + reference("kafka." + name));
            }
            client.put(name, value);
        }
        return client;
    }

    private Source source(Plan plan) {
        return plan.captured().stream()
                .filter(one -> one.name().equals(connection))
                .findFirst()
                .orElseThrow(() -> new CommandFailedException(
                        Main.USAGE,
                        "nothing is captured from " + connection + "; there is "
                                + plan.captured().stream().map(Source::name).collect(Collectors.joining(", "))));
    }

    private String reference(String name) {
        return "${file:" + secrets + ":" + name + "}";
    }

    private void print(Map<String, String> config) throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        out.println(JSON.writeValueAsString(config));
        out.flush();
    }
}
