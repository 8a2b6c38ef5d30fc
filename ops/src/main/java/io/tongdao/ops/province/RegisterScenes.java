package io.tongdao.ops.province;

import io.tongdao.ops.province.Register.Entry;
import io.tongdao.ops.province.Register.Speech;
import io.tongdao.ops.province.Truth.Discrepancy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What happens in each register that is drawn from the people and the enterprises: news, a row that goes and comes back, an identifier
 * that goes bad and is mended, a copied name that goes wrong and is corrected, a row that is deleted.
 */
final class RegisterScenes {
    private static final int ROWS = 5;
    private static final int LOOKED_AT = 6_000;
    private final Generator generator;
    private final Stage stage;
    private final Set<String> played = new HashSet<>();

    RegisterScenes(Generator generator, Stage stage) {
        this.generator = generator;
        this.stage = stage;
    }

    void play() {
        generator.registers().forEach(register -> {
            Deque<Row> rows = new ArrayDeque<>(take(register, entry -> plain(register.speech(), entry), ROWS));
            if (rows.size() == ROWS) {
                play(register, rows);
            }
        });
    }

    private void play(Register<?> register, Deque<Row> rows) {
        Speech speech = register.speech();
        String table = register.table().dataset();
        Row news = rows.pop();
        stage.update(1, "news in " + table, news, news.with(speech.news(), speech.value()));
        Row away = rows.pop();
        stage.delete(1, "a row leaves " + table, away);
        stage.insert(3, "the row comes back to " + table, away.with(speech.news(), speech.value()));
        Row right = rows.pop();
        Row bad = right.with(speech.identifier(), null);
        stage.update(2, "an identifier is lost in " + table, right, bad, Effect.badRows(register.table(), 1));
        stage.update(4, "the identifier is mended in " + table, bad, right, Effect.badRows(register.table(), -1));
        stage.delete(4, "a row is deleted in " + table, rows.pop());
        if (!speech.name().isEmpty()) {
            rename(speech, table, rows.pop());
        }
    }

    private void rename(Speech speech, String table, Row right) {
        Row wrong = right.with(speech.name(), right.text(speech.name()) + "误");
        Discrepancy dispute = new Discrepancy(RightNumbers.normal(right.text(speech.identifier())), speech.golden());
        stage.update(1, "a copied name goes wrong in " + table, right, wrong, Effect.opens(dispute));
        stage.update(3, "the copied name is corrected in " + table, wrong, right, Effect.closes(dispute));
    }

    /** A row with nothing planted that plays in no other scene. */
    Optional<Row> plain(AgencyTable table, Predicate<Row> part) {
        return first(table, (speech, entry) -> plain(speech, entry) && part.test(entry.row()));
    }

    /** A row of which nothing else is to be found than what breaks a check, and that plays in no other scene. */
    Optional<Row> planted(AgencyTable table, String check) {
        return first(
                table,
                (speech, entry) -> entry.sound()
                        && entry.disputes().size() == 1
                        && entry.disputes().iterator().next().item().equals(check));
    }

    private Optional<Row> first(AgencyTable table, BiPredicate<Speech, Entry> part) {
        return generator
                .registers()
                .filter(register -> register.table() == table)
                .flatMap(register -> take(register, entry -> part.test(register.speech(), entry), 1).stream())
                .findFirst();
    }

    /** Rows of subjects that no other register speaks of. */
    private List<Row> take(Register<?> register, Predicate<Entry> part, int most) {
        int from = new Dice(generator.seed(), "scenes " + register.table().name(), 0).below(generator.people());
        Stream<List<Entry>> people = IntStream.range(from, from + Math.min(LOOKED_AT, generator.people()))
                .mapToObj(i -> generator.person(i % generator.people()))
                .filter(person -> person.blemish() == Blemish.NONE)
                .map(person ->
                        alone(register, register.of(generator, person).toList(), () -> generator.elsewhere(person)));
        Stream<List<Entry>> firms = IntStream.range(
                        0, Math.min(LOOKED_AT, generator.market().size()))
                .mapToObj(generator::firm)
                .filter(firm -> firm.code().equals(firm.enterprise().written()))
                .map(firm -> alone(register, register.of(generator, firm).toList(), () -> generator.elsewhere(firm)));
        return Stream.concat(people, firms)
                .flatMap(entries -> entries.stream().limit(1))
                .filter(part)
                .map(Entry::row)
                .filter(row -> played.add(row.text(register.speech().identifier())))
                .limit(most)
                .toList();
    }

    private static List<Entry> alone(Register<?> register, List<Entry> here, Supplier<List<Entry>> elsewhere) {
        boolean once = here.size() == 1 || register.speech().name().isEmpty();
        boolean hereOnly = !register.speech().checked()
                || elsewhere.get().stream().allMatch(e -> e.row().table() == register.table());
        return !here.isEmpty() && once && hereOnly ? here : List.of();
    }

    /** Written as its source of record writes it: a scene names the subject by it. */
    private static boolean plain(Speech speech, Entry entry) {
        String written = entry.row().text(speech.identifier());
        boolean current = Numbers.right(written) || written.equals(RightNumbers.credit(written));
        return entry.sound() && !entry.apart() && entry.disputes().isEmpty() && (current || !speech.checked());
    }
}
