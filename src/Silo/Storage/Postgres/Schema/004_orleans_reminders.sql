-- Period is milliseconds; GrainHash is the ring position as a signed 32-bit number.
CREATE TABLE OrleansRemindersTable
(
    ServiceId    text COLLATE "C" NOT NULL,
    GrainId      text COLLATE "C" NOT NULL,
    ReminderName text COLLATE "C" NOT NULL,
    StartTime    timestamptz      NOT NULL,
    Period       bigint           NOT NULL,
    GrainHash    integer          NOT NULL,
    Version      integer          NOT NULL,
    PRIMARY KEY (ServiceId, GrainId, ReminderName)
);

-- A silo reads the reminders of its part of the ring every few minutes.
CREATE INDEX OrleansRemindersByGrainHash ON OrleansRemindersTable (ServiceId, GrainHash);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
(
    'UpsertReminderRowKey',
    'INSERT INTO OrleansRemindersTable AS stored (ServiceId, GrainId, ReminderName, StartTime, Period, GrainHash, Version)
     VALUES (@ServiceId, @GrainId, @ReminderName, @StartTime, @Period, @GrainHash, 0)
         ON CONFLICT (ServiceId, GrainId, ReminderName)
            DO UPDATE
                  SET StartTime = excluded.StartTime,
                      Period = excluded.Period,
                      GrainHash = excluded.GrainHash,
                      Version = stored.Version + 1
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
    'WITH deleted AS
     (
         DELETE FROM OrleansRemindersTable
          WHERE ServiceId = @ServiceId AND GrainId = @GrainId AND ReminderName = @ReminderName AND Version = @Version
         RETURNING 1
     )
     SELECT EXISTS (SELECT 1 FROM deleted);'
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
