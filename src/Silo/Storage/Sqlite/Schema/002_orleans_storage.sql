-- One row is one named state of one grain. The provider passes no extension for Guid and integer keys; it is stored as ''
-- because SQLite treats every NULL as different and the unique key would let a second first write through.
CREATE TABLE OrleansStorage
(
    GrainIdHash            INTEGER NOT NULL,
    GrainIdN0              INTEGER NOT NULL,
    GrainIdN1              INTEGER NOT NULL,
    GrainTypeHash          INTEGER NOT NULL,
    GrainTypeString        TEXT    NOT NULL,
    GrainIdExtensionString TEXT    NOT NULL,
    ServiceId              TEXT    NOT NULL,
    PayloadBinary          BLOB    NULL,
    ModifiedOn             TEXT    NOT NULL,
    Version                INTEGER NOT NULL,
    CONSTRAINT OneRowPerGrainState UNIQUE
        (GrainIdHash, GrainTypeHash, GrainIdN0, GrainIdN1, GrainIdExtensionString, GrainTypeString, ServiceId)
);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
(
    'ReadFromStorageKey',
    'SELECT PayloadBinary, Version
       FROM OrleansStorage
      WHERE GrainIdHash = @GrainIdHash
        AND GrainTypeHash = @GrainTypeHash
        AND GrainIdN0 = @GrainIdN0
        AND GrainIdN1 = @GrainIdN1
        AND GrainIdExtensionString = coalesce(@GrainIdExtensionString, '''')
        AND GrainTypeString = @GrainTypeString
        AND ServiceId = @ServiceId;'
);

-- Insert and update are one statement, so it is atomic without a transaction of its own. A writer that has read a version
-- may only update; the EXISTS keeps it from inserting over a row that is gone. The provider sees a conflict as a row that
-- holds NULL, and no row at all as success, so the second statement answers when the first has changed nothing.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
(
    'WriteToStorageKey',
    'INSERT INTO OrleansStorage
        (GrainIdHash, GrainIdN0, GrainIdN1, GrainTypeHash, GrainTypeString, GrainIdExtensionString, ServiceId,
         PayloadBinary, ModifiedOn, Version)
     SELECT @GrainIdHash, @GrainIdN0, @GrainIdN1, @GrainTypeHash, @GrainTypeString, coalesce(@GrainIdExtensionString, ''''), @ServiceId,
            @PayloadBinary, strftime(''%Y-%m-%dT%H:%M:%fZ'', ''now''), 1
      WHERE @GrainStateVersion IS NULL
         OR EXISTS (SELECT 1
                      FROM OrleansStorage
                     WHERE GrainIdHash = @GrainIdHash
                       AND GrainTypeHash = @GrainTypeHash
                       AND GrainIdN0 = @GrainIdN0
                       AND GrainIdN1 = @GrainIdN1
                       AND GrainIdExtensionString = coalesce(@GrainIdExtensionString, '''')
                       AND GrainTypeString = @GrainTypeString
                       AND ServiceId = @ServiceId)
         ON CONFLICT (GrainIdHash, GrainTypeHash, GrainIdN0, GrainIdN1, GrainIdExtensionString, GrainTypeString, ServiceId)
            DO UPDATE
                  SET PayloadBinary = excluded.PayloadBinary,
                      ModifiedOn = excluded.ModifiedOn,
                      Version = OrleansStorage.Version + 1
                WHERE OrleansStorage.Version = @GrainStateVersion
     RETURNING Version AS NewGrainStateVersion;
     SELECT NULL AS NewGrainStateVersion WHERE changes() = 0;'
);

-- Clearing keeps the row and its version: a writer that still holds the state from before the clear is refused.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
(
    'ClearStorageKey',
    'UPDATE OrleansStorage
        SET PayloadBinary = NULL,
            ModifiedOn = strftime(''%Y-%m-%dT%H:%M:%fZ'', ''now''),
            Version = Version + 1
      WHERE GrainIdHash = @GrainIdHash
        AND GrainTypeHash = @GrainTypeHash
        AND GrainIdN0 = @GrainIdN0
        AND GrainIdN1 = @GrainIdN1
        AND GrainIdExtensionString = coalesce(@GrainIdExtensionString, '''')
        AND GrainTypeString = @GrainTypeString
        AND ServiceId = @ServiceId
        AND Version = @GrainStateVersion
     RETURNING Version AS NewGrainStateVersion;
     SELECT NULL AS NewGrainStateVersion WHERE changes() = 0;'
);
