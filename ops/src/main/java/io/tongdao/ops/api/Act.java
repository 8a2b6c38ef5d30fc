package io.tongdao.ops.api;

/** What can be done over HTTP; each route is one. */
public enum Act {
    /** Reading what is no secret: the description of this API. */
    DESCRIBE,
    WHO_AM_I,
    LIST_GRANTS,
    SHOW_GRANT,
    FILE_GRANT,
    APPROVE_GRANT,
    SUSPEND_GRANT,
    RESUME_GRANT,
    END_GRANT,
    WITHDRAW_GRANT,
    VERIFY,
    LIST_VERIFICATIONS,
    LIST_FILES,
    ORDER_FILES,
    PICK_UP,
    LIST_PICKUPS,
    LIST_RELEASES
}
