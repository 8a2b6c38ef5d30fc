package io.tongdao.ops.bench;

import io.tongdao.runtime.Stage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A stage in a process of its own, to be measured or killed: reconciliation, or the floor beside it. Told what to do by the first line on
 * its standard input; answers every other with a line of {@link StageFigures}, and closes when the input ends.
 */
public final class StageMain {
    private StageMain() {}

    /** No arguments: secrets have no place on a command line. */
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        StageOrder order = StageOrder.parse(in.readLine());
        try (Stage stage = Stage.start(order.app(), order.settings(), failure -> {
            System.err.println("stage " + failure.stage() + " stopped: " + String.join(" < ", failure.what()));
            Runtime.getRuntime().halt(1);
        })) {
            while (in.readLine() != null) {
                System.out.println(StageFigures.of(stage.status()).line());
            }
        }
        System.exit(0);
    }
}
