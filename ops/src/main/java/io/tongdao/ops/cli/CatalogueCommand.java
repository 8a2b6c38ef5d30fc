package io.tongdao.ops.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code tongdao catalogue}: the catalogue for readers and for editors. */
@Command(
        name = "catalogue",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        header = "The catalogue as a page to read, and its schemas for editors.",
        description =
                "The catalogue (目录) as a page to read, and the schemas of its files for editors. Starts and changes nothing.",
        subcommands = {CatalogueHtmlCommand.class, CatalogueSchemaCommand.class, HelpCommand.class})
final class CatalogueCommand {}
