-- Events that cannot be shown, as the nodes found them, until an operator explains them in public.

CREATE TABLE intake.event_defect (
    event_id     uuid    NOT NULL,
    surface      text    NOT NULL,
    stream_id    uuid    NOT NULL,
    cause        text    NOT NULL,
CONSTRAINT pkey_event_defect_event_id_surface PRIMARY KEY (event_id, surface)
);
