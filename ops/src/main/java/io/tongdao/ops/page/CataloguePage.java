package io.tongdao.ops.page;

import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import io.tongdao.contract.catalogue.Catalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;

/**
 * The catalogue as a page that an official reads, searches and prints (art. 14, 15): one file, which needs no network and no server.
 * Everything an agency wrote is escaped.
 */
public final class CataloguePage {
    private static final Configuration TEMPLATES = templates();

    private CataloguePage() {}

    /** @param today the day from which the assessments' remaining days are counted */
    public static void write(Catalogue catalogue, LocalDate today, Writer out) throws IOException {
        try {
            TEMPLATES.getTemplate("catalogue.ftlh").process(Map.of("page", PageModel.of(catalogue, today)), out);
        } catch (TemplateException e) {
            throw new UncheckedIOException(new IOException("the page's template is faulty", e));
        }
    }

    private static Configuration templates() {
        Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setClassForTemplateLoading(CataloguePage.class, "");
        configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
        configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
        configuration.setNumberFormat("computer");
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        return configuration;
    }
}
