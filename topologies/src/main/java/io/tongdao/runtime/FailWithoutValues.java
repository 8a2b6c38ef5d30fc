package io.tongdao.runtime;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;

/**
 * What a stage does when Kafka Streams meets an error: it stops, or tries a transient one again. It logs nothing and copies nothing:
 * the dead-letter feature of Streams would copy keys and values of persons.
 */
public final class FailWithoutValues
        implements DeserializationExceptionHandler, ProductionExceptionHandler, ProcessingExceptionHandler {

    @Override
    public DeserializationExceptionHandler.Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> input, Exception error) {
        return DeserializationExceptionHandler.Response.fail();
    }

    @Override
    public ProductionExceptionHandler.Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> output, Exception error) {
        return error instanceof RetriableException
                ? ProductionExceptionHandler.Response.retry()
                : ProductionExceptionHandler.Response.fail();
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface declares it
    public ProductionExceptionHandler.Response handleSerializationError(
            ErrorHandlerContext context, ProducerRecord output, Exception error, SerializationExceptionOrigin origin) {
        return ProductionExceptionHandler.Response.fail();
    }

    @Override
    public ProcessingExceptionHandler.Response handleError(
            ErrorHandlerContext context, org.apache.kafka.streams.processor.api.Record<?, ?> input, Exception error) {
        return ProcessingExceptionHandler.Response.fail();
    }

    @Override
    public void configure(Map<String, ?> settings) {
        // nothing to configure: the policy is one for all stages
    }
}
