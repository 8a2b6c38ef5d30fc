package io.tongdao.compose;

import io.tongdao.contract.dispute.RowApart;
import io.tongdao.contract.identity.CitizenId;
import io.tongdao.contract.identity.CreditCode;
import io.tongdao.contract.identity.Parsed;
import io.tongdao.contract.protect.Protection;
import io.tongdao.contract.topic.Pos;
import io.tongdao.contract.topic.Ver;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A random history of a few persons and firms: the records of each source's topic, in its order, with what a source does to them: other values,
 * changed identifiers, deletions, deliveries once more, readings anew, tombstones of rows that do not own a key. And the truth: what stands in
 * the end, and the thematic tables that follow from it by definition.
 */
final class World {
    static final String POPULATION = "base.population";
    static final String ENTITY = "base.legal_entity";
    static final String INSURANCE = "src.hrss.social_insurance_enrolment";
    static final String ENTERPRISE = "src.scjg.enterprise_registration";
    static final String MARRIAGE = "src.mz.marriage_registration";
    private static final List<String> NAMES = List.of("张三", "李四", "王五", "");
    private static final List<String> DIVISIONS = List.of("530102", "530103", "530121", "530102001000");

    /** A record of a topic. {@code row} is the source's primary key, empty on golden records. */
    record Sent(
            String topic,
            String key,
            String row,
            Object position,
            @Nullable Map<String, Object> value) {}

    final List<String> persons = new ArrayList<>();
    final List<String> firms = new ArrayList<>();
    final Map<String, List<Sent>> topics = new TreeMap<>();
    /** Topic → key → what stands. */
    final Map<String, Map<String, Map<String, Object>>> truth = new TreeMap<>();

    /** What reconciliation says of a row, in order. */
    record ToldApart(RowApart row, boolean apart) {}

    /** In their order. */
    final List<ToldApart> apart = new ArrayList<>();

    /** In their order. */
    final List<Protection> decisions = new ArrayList<>();
    /** The subjects that are protected in the end. */
    final Set<String> hidden = new TreeSet<>();

    private final Random random;
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private long clock;

    /** A source's rows by primary key: the key each stands under. */
    private static final class Source {
        private final Map<String, String> keys = new TreeMap<>();
        private int epoch = 1;
    }

    World(long seed, int steps) {
        random = new Random(seed);
        for (int i = 0; i < 5; i++) {
            persons.add(citizen(i));
        }
        for (int i = 0; i < 3; i++) {
            firms.add(firm(i));
        }
        for (String topic : List.of(POPULATION, ENTITY, INSURANCE, ENTERPRISE, MARRIAGE)) {
            topics.put(topic, new ArrayList<>());
            truth.put(topic, new TreeMap<>());
            sources.put(topic, new Source());
        }
        for (int i = 0; i < steps; i++) {
            step();
        }
    }

    /** Somebody decides what leaves no trace, several times, and the truth is what those who may not know see of it. */
    World protecting() {
        for (int i = 0; i < 8; i++) {
            decide();
        }
        Map<String, Protection> last = new TreeMap<>();
        decisions.forEach(one -> last.put(one.key(), one));
        last.values().removeIf(one -> !one.inForce());
        truth.forEach((topic, rows) -> rows.entrySet()
                .removeIf(row ->
                        last.values().stream().anyMatch(one -> hides(one, topic, row.getKey(), row.getValue()))));
        last.values().stream()
                .filter(one -> one.of() == Protection.Of.SUBJECT)
                .forEach(one -> hidden.add(one.subject()));
        return this;
    }

    private void decide() {
        clock++;
        Instant at = Instant.ofEpochSecond(clock);
        if (!decisions.isEmpty() && random.nextInt(3) == 0) {
            Protection any = pick(decisions);
            decisions.add(any.lift("authority", "解除", at));
            return;
        }
        String who = random.nextInt(3) == 0 ? pick(firms) : pick(persons);
        String insured =
                sources.get(INSURANCE).keys.values().stream().findFirst().orElse(who + "|i0:1");
        decisions.add(
                switch (random.nextInt(3)) {
                    case 0 -> protection(Protection.Of.SUBJECT, who, "", "", "", at);
                    case 1 -> protection(Protection.Of.LINK, pick(persons), pick(firms), "", "", at);
                    default ->
                        protection(
                                Protection.Of.ROW,
                                insured.substring(0, insured.indexOf('|')),
                                "",
                                INSURANCE.substring("src.".length()),
                                insured.substring(insured.indexOf('|') + 1),
                                at);
                });
    }

    private static Protection protection(
            Protection.Of of, String subject, String other, String dataset, String row, Instant at) {
        return new Protection(
                of, subject, other, dataset, row, Protection.Ground.OTHER, "法", "authority", "由", at, null);
    }

    /** Rows of a source about persons are told apart and taken back, each under its subject and under another; the truth is without those that are in the end. */
    World tellingApart(String topic) {
        Map<String, Set<String>> by = new TreeMap<>();
        List<String> keys = topics.get(topic).stream().map(Sent::key).distinct().toList();
        for (int i = 0; i < 40 && !keys.isEmpty(); i++) {
            String key = pick(keys);
            String subject = key.substring(0, key.indexOf('|'));
            String about = random.nextInt(3) == 0 ? pick(persons) : subject;
            String dataset = topic.substring("src.".length());
            RowApart row = new RowApart(
                    subject, dataset, key.substring(key.indexOf('|') + 1), about, Instant.ofEpochSecond(i));
            boolean now = random.nextBoolean();
            apart.add(new ToldApart(row, now));
            Set<String> sayers = by.computeIfAbsent(key, k -> new TreeSet<>());
            if (now) {
                sayers.add(about);
            } else {
                sayers.remove(about);
            }
        }
        by.forEach((key, sayers) -> {
            if (!sayers.isEmpty()) {
                truth.get(topic).remove(key);
            }
        });
        return this;
    }

    /** By the words of the design, on what stands. */
    private boolean hides(Protection one, String topic, String key, Map<String, Object> row) {
        Set<String> about = new TreeSet<>();
        about.add(key.replaceFirst("\\|.*", ""));
        for (String item : List.of("citizen_id", "uscc", "employer_uscc", "legal_rep_id_no", "husband_id_no")) {
            String number = String.valueOf(row.get(item));
            persons.stream()
                    .filter(person ->
                            person.equals(number) || firstGeneration(person).equals(number))
                    .forEach(about::add);
            firms.stream().filter(number::equals).forEach(about::add);
        }
        return switch (one.of()) {
            case SUBJECT -> about.contains(one.subject());
            case LINK -> about.contains(one.subject()) && about.contains(one.other());
            case ROW -> topic.equals("src." + one.dataset()) && key.equals(one.subject() + '|' + one.row());
        };
    }

    private static String firstGeneration(String person) {
        return person.substring(0, 6) + person.substring(8, 17);
    }

    private void step() {
        switch (random.nextInt(12)) {
            case 0, 1 -> golden(POPULATION, pick(persons));
            case 2, 3 -> golden(ENTITY, pick(firms));
            case 4, 5, 6, 7 -> change(INSURANCE, "i" + random.nextInt(8));
            case 8 -> change(ENTERPRISE, "e" + random.nextInt(3));
            case 9 -> change(MARRIAGE, "m" + random.nextInt(3));
            case 10 -> again(pick(new ArrayList<>(topics.keySet())));
            default -> anew(pick(List.of(INSURANCE, ENTERPRISE)));
        }
    }

    private void golden(String topic, String key) {
        boolean delete = random.nextInt(5) == 0;
        clock++;
        Map<String, Object> value = delete ? null : topic.equals(POPULATION) ? person(key) : entity(key);
        send(new Sent(topic, key, "", new Ver(1, clock), value));
    }

    private void change(String topic, String row) {
        Source source = sources.get(topic);
        clock++;
        String old = source.keys.get(row);
        Map<String, Object> value = random.nextInt(5) == 0 ? null : value(topic);
        String key = value == null ? null : key(topic, row, value);
        // a key has one owner at a time, as the source's constraint has it
        if (key != null
                && source.keys.entrySet().stream()
                        .anyMatch(e -> e.getValue().equals(key) && !e.getKey().equals(row))) {
            return;
        }
        if (old != null && !old.equals(key)) {
            send(new Sent(topic, old, row, new Pos(source.epoch, clock, 1, 0), null));
            source.keys.remove(row);
        }
        if (key != null) {
            send(new Sent(topic, key, row, new Pos(source.epoch, clock, 1, 1), value));
            source.keys.put(row, key);
        }
        if (old != null && random.nextInt(6) == 0) {
            // a row that once owned the key is deleted once more: not its business
            topics.get(topic).add(new Sent(topic, old, row, new Pos(source.epoch, clock, 1, 0), null));
        }
    }

    /** A stretch is delivered once more after a crash. */
    private void again(String topic) {
        List<Sent> all = topics.get(topic);
        if (!all.isEmpty()) {
            int from = random.nextInt(all.size());
            all.addAll(List.copyOf(all.subList(from, all.size())));
        }
    }

    /** A table is read anew: each of its rows, saying the same. */
    private void anew(String topic) {
        Source source = sources.get(topic);
        source.epoch++;
        clock++;
        source.keys.forEach((row, key) -> send(new Sent(
                topic,
                key,
                row,
                new Pos(source.epoch, 0, clock, 0),
                truth.get(topic).get(key))));
    }

    private void send(Sent sent) {
        topics.get(sent.topic).add(sent);
        if (sent.value == null) {
            truth.get(sent.topic).remove(sent.key);
        } else {
            truth.get(sent.topic).put(sent.key, sent.value);
        }
    }

    private Map<String, Object> person(String key) {
        Map<String, Object> value = new TreeMap<>();
        value.put("citizen_id", key);
        put(value, "full_name", pick(NAMES));
        put(value, "hukou_division", random.nextInt(6) == 0 ? "" : pick(DIVISIONS));
        put(value, "employer_uscc", random.nextInt(4) == 0 ? "" : pick(firms));
        value.put("_disputed", random.nextInt(3) == 0 ? List.of("full_name") : List.of());
        return value;
    }

    private Map<String, Object> entity(String key) {
        Map<String, Object> value = new TreeMap<>();
        value.put("uscc", key);
        value.put("ent_name", "企业" + random.nextInt(3));
        put(value, "ent_status", pick(List.of("1", "2", "")));
        value.put("_disputed", random.nextInt(3) == 0 ? List.of("ent_name", "ent_status") : List.of());
        return value;
    }

    private Map<String, Object> value(String topic) {
        Map<String, Object> value = new TreeMap<>();
        switch (topic) {
            case INSURANCE -> {
                value.put("citizen_id", pick(persons));
                value.put("insurance_type", "" + (1 + random.nextInt(3)));
                put(value, "employer_uscc", random.nextInt(5) == 0 ? "" : pick(firms));
                if (random.nextInt(4) > 0) {
                    value.put("contribution_base", new BigDecimal(random.nextInt(90_000) - 20_000).movePointLeft(2));
                }
                put(value, "last_paid_month", pick(List.of("", "202512", "202601", "202602")));
                put(value, "division", pick(DIVISIONS));
                if (random.nextBoolean()) {
                    value.put("first_enrol_date", random.nextInt(5) - 2);
                }
            }
            case ENTERPRISE -> {
                value.put("uscc", pick(firms));
                value.put("ent_name", "商号" + random.nextInt(3));
                value.put("legal_rep_id_no", written(pick(persons)));
                value.put("registered_capital", new BigDecimal(random.nextInt(5)).setScale(4));
            }
            default -> {
                value.put("husband_id_no", pick(persons));
                value.put("husband_name", "丈夫");
                value.put("subject_role", "husband");
            }
        }
        return value;
    }

    private static String key(String topic, String row, Map<String, Object> value) {
        return switch (topic) {
            case INSURANCE -> value.get("citizen_id") + "|" + row + ":" + value.get("insurance_type");
            case ENTERPRISE -> (String) value.get("uscc");
            default -> {
                value.put("certificate_no", row);
                yield value.get("husband_id_no") + "|husband:" + row;
            }
        };
    }

    /** A number as an agency may write it: the first generation's 15 digits too, or one that is none. */
    private String written(String person) {
        return switch (random.nextInt(4)) {
            case 0 -> firstGeneration(person);
            case 1 -> "12345";
            default -> person;
        };
    }

    private static void put(Map<String, Object> value, String item, String text) {
        if (!text.isEmpty()) {
            value.put(item, text);
        }
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static String citizen(int i) {
        String body = "53010219" + (60 + i) + "0307123";
        for (char check : "0123456789X".toCharArray()) {
            if (CitizenId.parse(body + check) instanceof Parsed.Valid<CitizenId> valid) {
                return valid.value().value();
            }
        }
        throw new AssertionError("no check digit");
    }

    private static String firm(int i) {
        for (char organisation : "0123456789X".toCharArray()) {
            for (char check : "0123456789ABCDEFGHJKLMNPQRTUWXY".toCharArray()) {
                String code = "9153010052594351" + organisation + check;
                String other = "91530100525943" + i + "1" + organisation + check;
                for (String one : i == 0 ? List.of(code) : List.of(other)) {
                    if (CreditCode.parse(one) instanceof Parsed.Valid<CreditCode> valid) {
                        return valid.value().value();
                    }
                }
            }
        }
        throw new AssertionError("no check character");
    }

    /** Theme topic → key → items that have a value, and {@code _disputed}: by the words of the catalogue, on the truth. */
    Map<String, Map<String, Map<String, Object>>> tables() {
        Map<String, Map<String, Map<String, Object>>> tables = new TreeMap<>();
        for (String name : List.of(
                "theme.credit.employees",
                "theme.credit.people",
                "theme.credit.owners",
                "theme.credit.marriages",
                "theme.social_security.insured_persons",
                "theme.wuhua_residents.residents",
                "theme.wuhua_insured.enrolments")) {
            tables.put(name, new TreeMap<>());
        }
        truth.get(INSURANCE).forEach((key, row) -> {
            Expected out = new Expected();
            out.take(row, "citizen_id", "insurance_type", "employer_uscc", "contribution_base");
            out.golden(truth.get(POPULATION).get(subject(key)), "full_name", "name");
            out.golden(truth.get(ENTITY).get(firmOf(row)), "ent_name", "employer", "ent_status", "status");
            out.rename(truth.get(ENTERPRISE).get(firmOf(row)), "registered_capital", "capital");
            tables.get("theme.credit.employees").put(key, out.done());
            if (inWuhua(row.get("division"))) {
                Expected local = new Expected();
                local.take(row, "citizen_id", "division", "employer_uscc");
                local.golden(truth.get(ENTITY).get(firmOf(row)), "ent_name", "employer");
                tables.get("theme.wuhua_insured.enrolments").put(key, local.done());
            }
        });
        truth.get(POPULATION).forEach((key, person) -> {
            List<Map<String, Object>> insurances = of(INSURANCE, key);
            Expected people = new Expected();
            people.golden(person, "citizen_id", "citizen_id", "full_name", "full_name");
            people.rename(newest(key), "division", "insured_at");
            people.rename(newest(key), "last_paid_month", "paid");
            people.put("insurances", (long) insurances.size());
            people.put("total_base", sum(insurances));
            List<BigDecimal> bases = bases(insurances);
            people.put("least_base", bases.isEmpty() ? null : Collections.min(bases));
            people.put("greatest_base", bases.isEmpty() ? null : Collections.max(bases));
            people.put(
                    "first_enrolled",
                    insurances.stream()
                            .map(row -> (Integer) row.get("first_enrol_date"))
                            .filter(date -> date != null)
                            .min(Integer::compare)
                            .orElse(null));
            people.put("marriages", (long) of(MARRIAGE, key).size());
            tables.get("theme.credit.people").put(key, people.done());

            Expected insured = new Expected();
            insured.golden(
                    person,
                    "citizen_id",
                    "citizen_id",
                    "full_name",
                    "full_name",
                    "hukou_division",
                    "hukou_division",
                    "employer_uscc",
                    "employer_uscc");
            insured.golden(
                    truth.get(ENTITY).get(firmOf(person)),
                    "ent_name",
                    "employer_name",
                    "ent_status",
                    "employer_status");
            insured.rename(newest(key), "division", "insured_at");
            insured.put("insurances", (long) insurances.size());
            insured.put("total_base", sum(insurances));
            tables.get("theme.social_security.insured_persons").put(key, insured.done());

            if (inWuhua(person.get("hukou_division"))) {
                Expected resident = new Expected();
                resident.golden(
                        person,
                        "citizen_id",
                        "citizen_id",
                        "full_name",
                        "full_name",
                        "hukou_division",
                        "hukou_division");
                tables.get("theme.wuhua_residents.residents").put(key, resident.done());
            }
        });
        truth.get(ENTERPRISE).forEach((key, firm) -> {
            Expected out = new Expected();
            out.take(firm, "uscc", "ent_name", "legal_rep_id_no");
            out.golden(
                    truth.get(POPULATION).get(full((String) firm.get("legal_rep_id_no"))),
                    "full_name",
                    "owner",
                    "hukou_division",
                    "owner_division");
            tables.get("theme.credit.owners").put(key, out.done());
        });
        truth.get(MARRIAGE).forEach((key, row) -> {
            Expected out = new Expected();
            out.take(row, "certificate_no");
            out.golden(truth.get(POPULATION).get(subject(key)), "full_name", "name");
            tables.get("theme.credit.marriages").put(key, out.done());
        });
        return tables;
    }

    /** One row as it should be. */
    private static final class Expected {
        private final Map<String, Object> items = new TreeMap<>();
        private final TreeSet<String> disputed = new TreeSet<>();

        void put(String name, @Nullable Object value) {
            if (value != null) {
                items.put(name, value);
            }
        }

        void take(Map<String, Object> row, String... names) {
            for (String name : names) {
                put(name, row.get(name));
            }
        }

        void rename(@Nullable Map<String, Object> row, String there, String here) {
            if (row != null) {
                put(here, row.get(there));
            }
        }

        /** @param names there and here, by turns */
        void golden(@Nullable Map<String, Object> record, String... names) {
            for (int i = 0; i < names.length; i += 2) {
                rename(record, names[i], names[i + 1]);
                if (record != null && ((List<?>) record.get("_disputed")).contains(names[i])) {
                    disputed.add(names[i + 1]);
                }
            }
        }

        Map<String, Object> done() {
            items.put("_disputed", disputed);
            return items;
        }
    }

    private String full(String written) {
        return persons.stream()
                .filter(person ->
                        person.equals(written) || (person.substring(0, 6) + person.substring(8, 17)).equals(written))
                .findFirst()
                .orElse("");
    }

    private List<Map<String, Object>> of(String topic, String subject) {
        return truth.get(topic).entrySet().stream()
                .filter(entry -> subject(entry.getKey()).equals(subject))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static String subject(String key) {
        return key.replaceFirst("\\|.*", "");
    }

    private static String firmOf(Map<String, Object> row) {
        return (String) row.getOrDefault("employer_uscc", "");
    }

    /** 530121 became 530114, which is another county. */
    private static boolean inWuhua(@Nullable Object division) {
        return division != null && division.toString().startsWith("530102");
    }

    /** The newest by {@code last_paid_month}, unknown before all, then by the row. */
    private @Nullable Map<String, Object> newest(String person) {
        return truth.get(INSURANCE).entrySet().stream()
                .filter(entry -> subject(entry.getKey()).equals(person))
                .max(java.util.Comparator.<Map.Entry<String, Map<String, Object>>, String>comparing(
                                entry -> (String) entry.getValue().getOrDefault("last_paid_month", ""))
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getValue)
                .orElse(null);
    }

    private static List<BigDecimal> bases(List<Map<String, Object>> rows) {
        return rows.stream()
                .map(row -> (BigDecimal) row.get("contribution_base"))
                .filter(base -> base != null)
                .toList();
    }

    private static @Nullable BigDecimal sum(List<Map<String, Object>> rows) {
        return bases(rows).stream().reduce(BigDecimal::add).orElse(null);
    }
}
