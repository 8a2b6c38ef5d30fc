package io.tongdao.ops.api;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tokens in force, as {@code ctl.token} says; a revocation counts within about 100 ms. If it can't be followed, nobody is let in. */
public final class TokenShelf implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TokenShelf.class);
    private final TokenJournal journal;
    private final InstantSource clock;
    private final Thread thread;
    private volatile Map<String, ApiToken> known;
    private volatile boolean closing;

    private TokenShelf(Map<String, Object> client, InstantSource clock) {
        this.journal = new TokenJournal(client);
        this.clock = clock;
        this.known = journal.toEnd();
        this.thread = Thread.ofPlatform().name("api-tokens").unstarted(this::follow);
    }

    /** Returns once all that is there is known. */
    public static TokenShelf start(Map<String, Object> client, InstantSource clock) {
        TokenShelf shelf = new TokenShelf(client, clock);
        shelf.thread.start();
        return shelf;
    }

    /** Who a token stands for; nobody, if it is not in force. */
    Optional<Identity> who(String text) {
        return TokenText.parse(text)
                .flatMap(sent -> Optional.ofNullable(known.get(sent.id()))
                        .filter(sent::fits)
                        .filter(token -> token.inForce(clock.instant()))
                        .map(ApiToken::identity));
    }

    /** Whether a token still is, by its id. */
    boolean inForce(String id) {
        ApiToken token = known.get(id);
        return token != null && token.inForce(clock.instant());
    }

    private void follow() {
        try (journal) {
            while (!closing) {
                known = journal.poll();
            }
        } catch (WakeupException | InterruptException e) {
            // closing
        } catch (KafkaException e) {
            LOG.error(
                    "tokens can't be followed any more, so the API lets nobody in: {}",
                    e.getClass().getSimpleName());
        } finally {
            known = Map.of();
        }
    }

    @Override
    public void close() {
        closing = true;
        journal.wakeup();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
