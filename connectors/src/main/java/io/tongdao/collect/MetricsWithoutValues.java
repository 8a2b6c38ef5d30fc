package io.tongdao.collect;

import java.lang.management.ManagementFactory;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanRegistrationException;
import javax.management.MBeanServer;
import javax.management.MBeanServerDelegate;
import javax.management.MBeanServerNotification;
import javax.management.Notification;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes Debezium's snapshot and streaming beans out of JMX as soon as they are there: {@code LastEvent} and the chunk bounds quote the
 * primary key of a row, which may be a person's number, and no setting turns them off. Figures of collection are in
 * {@link CollectStatus}.
 */
final class MetricsWithoutValues {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsWithoutValues.class);
    private static boolean watching;

    private MetricsWithoutValues() {}

    /** From now on, in this JVM; a second call does nothing. */
    static synchronized void watch() {
        if (watching) {
            return;
        }
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        try {
            beans.addNotificationListener(
                    MBeanServerDelegate.DELEGATE_NAME,
                    (notification, none) -> registered(beans, notification),
                    null,
                    null);
            watching = true;
        } catch (InstanceNotFoundException e) {
            throw new CollectException("this JVM's JMX has no delegate: Debezium's metrics would show keys", e);
        }
    }

    private static void registered(MBeanServer beans, Notification notification) {
        if (notification instanceof MBeanServerNotification news
                && news.getType().equals(MBeanServerNotification.REGISTRATION_NOTIFICATION)
                && showsKeys(news.getMBeanName())) {
            try {
                beans.unregisterMBean(news.getMBeanName());
            } catch (InstanceNotFoundException e) {
                LOG.debug("{} has gone by itself", news.getMBeanName());
            } catch (MBeanRegistrationException e) {
                LOG.warn("{} can't be taken out of JMX; it shows keys of rows", news.getMBeanName());
            }
        }
    }

    private static boolean showsKeys(ObjectName name) {
        String context = name.getKeyProperty("context");
        return name.getDomain().startsWith("debezium.") && ("streaming".equals(context) || "snapshot".equals(context));
    }
}
