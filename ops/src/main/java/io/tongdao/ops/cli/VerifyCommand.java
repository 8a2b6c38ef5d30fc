package io.tongdao.ops.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tongdao verify}: asks the HTTP API, as any other program would. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        header = "核实比对: whether what is stated of a subject is held, under a grant, without seeing the data.",
        description = {
            "The question comes on standard input, since a command line is seen by others:",
            "  {\"subject\": \"…\", \"stated\": {\"full_name\": \"…\", \"birth_date\": \"1990-03-07\"}}",
            "The answer of each item is matches, differs or not_held; match or no_match where it is sensitive that somebody is held.",
            "Each question is on record, and attempts are limited (art. 33)."
        })
final class VerifyCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin
    private Place place = new Place();

    @Parameters(paramLabel = "GRANT", description = "A grant with delivery [verify].")
    private String grant = "";

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Holds the token of its consumer; left out: the variable TONGDAO_TOKEN.")
    private @Nullable Path tokenFile;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        String api = Beside.find(place.data).running().api();
        if (!grant.matches("[a-z0-9-]+")) {
            throw new CommandFailedException(Main.USAGE, "GRANT is an id: lower-case letters, digits and hyphens");
        }
        String question = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(URI.create(api + "/v1/grants/" + grant + "/verify"))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token())
                .POST(HttpRequest.BodyPublishers.ofString(question))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            print(answer.statusCode(), JSON.readTree(answer.body()));
        }
        return 0;
    }

    private String token() throws IOException {
        String token = tokenFile == null ? System.getenv("TONGDAO_TOKEN") : Files.readString(tokenFile);
        if (token == null || token.isBlank()) {
            throw new CommandFailedException(
                    Main.USAGE, "no token: give --token-file, or set TONGDAO_TOKEN; see ./tongdao token issue --help");
        }
        return token.strip();
    }

    private void print(int status, JsonNode said) {
        if (status != 200) {
            List<String> lines = new ArrayList<>(List.of(
                    said.path("title").asText() + " " + said.path("detail").asText()));
            said.path("errors").forEach(line -> lines.add(line.asText()));
            throw new CommandFailedException(String.join("; ", lines));
        }
        PrintWriter out = spec.commandLine().getOut();
        said.path("answers")
                .properties()
                .forEach(one -> out.printf(
                        "%-24s %s %s%n",
                        one.getKey(),
                        chinese(one.getValue().asText()),
                        one.getValue().asText()));
        said.path("disputed").forEach(item -> out.printf("%-24s 有异议 disputed%n", item.asText()));
        out.printf("记录 record %s%n", said.path("record").asText());
        out.flush();
    }

    private static String chinese(String word) {
        return switch (word) {
            case "matches", "match" -> "一致";
            case "differs" -> "不一致";
            case "not_held" -> "未持有";
            default -> "不一致或未持有";
        };
    }
}
