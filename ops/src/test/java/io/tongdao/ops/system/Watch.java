package io.tongdao.ops.system;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks again and again at everything that three grants show, as those who may. */
final class Watch implements AutoCloseable {
    static final String SHARE_TABLE = "select * from share_yb.yb_enrolment";
    static final String RETURN_TABLE = "select * from return_530102.wuhua_return";
    private static final Pattern SHOWN_NUMBER = Pattern.compile("\\d{3}\\*{4}(\\d{4})|");
    /** Of the numbers that the changes write; the province has none. */
    private static final String MARKED = "192";

    private static final Pattern MASKED_NAME = Pattern.compile("\\p{IsHan}{0,2}\\*+");
    private static final String FILES = "/v1/grants/yb-files/files";
    private static final Pattern ADDRESS = Pattern.compile("A(\\d+)号");
    private static final Set<String> SHARED = Set.of(
            "full_name",
            "gender_code",
            "birth_date",
            "hukou_division",
            "marital_status",
            "employer_uscc",
            "enrol_status",
            "mobile");
    private final KilledExchange exchange;
    private final Looks looks;
    private final String somebody;
    private final String token;
    private final Thread thread;
    private volatile boolean closing;
    private volatile String newest = "";

    Watch(KilledExchange exchange, Looks looks, String somebody, String token) {
        this.exchange = exchange;
        this.looks = looks;
        this.somebody = somebody;
        this.token = token;
        this.thread = Thread.ofPlatform().daemon().name("watch").start(this::look);
    }

    /** Until every place has shown something. */
    void awaitAll(Duration limit) {
        for (String surface : List.of("shared table", "returned table", "county", "verification", "file")) {
            await().atMost(limit).until(() -> looks.count(look -> look.surface().equals(surface)) > 0);
        }
    }

    private void look() {
        while (!closing) {
            table("yb-enrolment", "shared table", "yb", SHARE_TABLE);
            county();
            table("wuhua-return", "returned table", "kunming-wuhua", RETURN_TABLE);
            verification();
            files();
        }
    }

    private void table(String grant, String surface, String who, String sql) {
        Instant from = Instant.now();
        Optional<List<JsonNode>> answer = exchange.asked(who, sql);
        answer.ifPresent(rows -> {
            List<Integer> numbers = new ArrayList<>();
            boolean allowed = true;
            for (JsonNode row : rows) {
                allowed &= grant.startsWith("yb") ? shared(row, numbers) : returned(row, numbers);
            }
            looks.add(new Looks.Look(grant, surface, true, from, Instant.now(), allowed, numbers));
        });
    }

    private static boolean shared(JsonNode row, List<Integer> numbers) {
        Set<String> items = new TreeSet<>();
        row.fieldNames().forEachRemaining(items::add);
        items.removeIf(item -> item.startsWith("_") || SHARED.contains(item));
        Matcher mobile = SHOWN_NUMBER.matcher(row.path("mobile").asText(""));
        boolean masked = mobile.matches()
                && MASKED_NAME.matcher(row.path("full_name").asText()).matches();
        if (masked && mobile.group().startsWith(MARKED)) {
            numbers.add(Integer.parseInt(mobile.group(1)));
        }
        return items.isEmpty()
                && masked
                && row.path("enrol_status").asText().equals("1")
                && row.path("birth_date").asText().length() == 4;
    }

    private static boolean returned(JsonNode row, List<Integer> numbers) {
        numbered(row.path("hukou_address").asText(""), numbers);
        return row.path("hukou_division").asText().equals("530102");
    }

    private static void numbered(String address, List<Integer> numbers) {
        Matcher mark = ADDRESS.matcher(address);
        if (mark.find()) {
            numbers.add(Integer.parseInt(mark.group(1)));
        }
    }

    private void county() {
        Instant from = Instant.now();
        List<Integer> numbers = new ArrayList<>();
        boolean allowed = true;
        for (List<String> row : exchange.county()) {
            allowed &= row.getFirst().equals("530102");
            numbered(row.getLast() == null ? "" : row.getLast(), numbers);
        }
        looks.add(new Looks.Look("wuhua-return", "county", false, from, Instant.now(), allowed, numbers));
    }

    private void verification() {
        Instant from = Instant.now();
        String question = "{\"subject\":\"" + somebody + "\",\"stated\":{\"full_name\":\"某人\"}}";
        exchange.called(token, "/v1/grants/yb-verify/verify", question)
                .ifPresent(answer -> looks.add(
                        new Looks.Look("yb-verify", "verification", true, from, Instant.now(), true, List.of())));
    }

    /** Has one made, and picks the newest up. */
    private void files() {
        Instant from = Instant.now();
        exchange.called(token, FILES, "{\"reason\":\"核对\"}");
        exchange.called(token, FILES, "")
                .map(list -> KilledExchange.json(list).getFirst().path("versions"))
                .filter(versions -> !versions.isEmpty())
                .map(versions -> versions.get(versions.size() - 1))
                .flatMap(last -> exchange.called(
                        token,
                        FILES + "/" + last.path("version").asText() + "/"
                                + last.path("file").asText(),
                        ""))
                .ifPresent(text -> {
                    List<Integer> numbers = new ArrayList<>();
                    boolean allowed = true;
                    for (JsonNode row : KilledExchange.json(text)) {
                        allowed &= shared(row, numbers);
                    }
                    looks.add(new Looks.Look("yb-files", "file", true, from, Instant.now(), allowed, numbers));
                    newest = text;
                });
    }

    /** The rows of the file that was picked up last. */
    List<JsonNode> newest() {
        return KilledExchange.json(newest);
    }

    @Override
    public void close() throws InterruptedException {
        closing = true;
        thread.join(Duration.ofSeconds(60));
    }
}
