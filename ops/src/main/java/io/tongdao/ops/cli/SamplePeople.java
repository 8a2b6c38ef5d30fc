package io.tongdao.ops.cli;

import io.tongdao.ops.province.Generator;
import picocli.CommandLine.Option;

/** Which sample province: how many people, and made by which seed. */
final class SamplePeople {
    @Option(names = "--people", paramLabel = "N", defaultValue = "20000", description = "1 to 2500000. Default: 20000")
    private int people;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Of the made-up people. Default: 1")
    private long seed;

    int people() {
        return people;
    }

    long seed() {
        return seed;
    }

    /** @throws CommandFailedException if there can't be so many */
    Generator generator() {
        try {
            return new Generator(seed, people);
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(Main.USAGE, "--people: " + e.getMessage());
        }
    }
}
