-- StartTime is UTC text; Period is milliseconds; GrainHash is the ring position as a signed 32-bit number.
CREATE TABLE OrleansRemindersTable
(
    ServiceId    TEXT    NOT NULL,
    GrainId      TEXT    NOT NULL,
    ReminderName TEXT    NOT NULL,
    StartTime    TEXT    NOT NULL,
    Period       INTEGER NOT NULL,
    GrainHash    INTEGER NOT NULL,
    Version      INTEGER NOT NULL,
    PRIMARY KEY (ServiceId, GrainId, ReminderName)
) WITHOUT ROWID;

-- A silo reads the reminders of its part of the ring every few minutes.
CREATE INDEX OrleansRemindersByGrainHash ON OrleansRemindersTable (ServiceId, GrainHash);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
(
    'UpsertReminderRowKey',
    'INSERT INTO OrleansRemindersTable (ServiceId, GrainId, ReminderName, StartTime, Period, GrainHash, Version)
     VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
         ON CONFLICT (ServiceId, GrainId, ReminderName)
            DO UPDATE
                  SET StartTime = excluded.StartTime,
                      Period = excluded.Period,
                      GrainHash = excluded.GrainHash,
                      Version = OrleansRemindersTable.Version + 1
     RETURNING Version;'
),
(
    'ReadReminderRowKey',
    'SELECT GrainId, ReminderName, StartTime, Period, Version
       FROM OrleansRemindersTable
      WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName;'
),
(
    'ReadReminderRowsKey',
    'SELECT GrainId, ReminderName, StartTime, Period, Version
       FROM OrleansRemindersTable
      WHERE ServiceId = @ServiceId AND GrainId = @GrainId;'
),
(
    'DeleteReminderRowKey',
    'DELETE FROM OrleansRemindersTable
      WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName AND Version = @Version;
     SELECT changes() > 0;'
),
(
    'DeleteReminderRowsKey',
    'DELETE FROM OrleansRemindersTable WHERE ServiceId = @ServiceId;'
);

-- A range is open at its beginning and closed at its end. The first query reads one that ascends; the second one that wraps
-- around the end of the ring, or is the whole ring. Its two halves repeat the service so that each can use the index.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
(
    'ReadRangeRows1Key',
    'SELECT GrainId, ReminderName, StartTime, Period, Version
       FROM OrleansRemindersTable
      WHERE ServiceId = @ServiceId AND GrainHash > @BeginHash AND GrainHash <= @EndHash;'
),
(
    'ReadRangeRows2Key',
    'SELECT GrainId, ReminderName, StartTime, Period, Version
       FROM OrleansRemindersTable
      WHERE (ServiceId = @ServiceId AND GrainHash > @BeginHash)
         OR (ServiceId = @ServiceId AND GrainHash <= @EndHash);'
);
