-- One row is one named state of one grain. The provider passes no extension for Guid and integer keys; it is stored as ''
-- because a unique key treats every NULL as different and would let a second first write through.
CREATE TABLE OrleansStorage
(
    GrainIdHash            integer          NOT NULL,
    GrainIdN0              bigint           NOT NULL,
    GrainIdN1              bigint           NOT NULL,
    GrainTypeHash          integer          NOT NULL,
    GrainTypeString        text COLLATE "C" NOT NULL,
    GrainIdExtensionString text COLLATE "C" NOT NULL,
    ServiceId              text COLLATE "C" NOT NULL,
    PayloadBinary          bytea            NULL,
    ModifiedOn             timestamptz      NOT NULL,
    Version                integer          NOT NULL,
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

-- A writer that has read a version may only update, one that has read none may only insert; each is one statement, so neither
-- needs a transaction of its own. The provider sees a conflict as a row that holds NULL, and no row at all as success.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
(
    'WriteToStorageKey',
    'WITH updated AS
     (
         UPDATE OrleansStorage
            SET PayloadBinary = CAST(@PayloadBinary AS bytea),
                ModifiedOn = now(),
                Version = Version + 1
          WHERE GrainIdHash = @GrainIdHash
            AND GrainTypeHash = @GrainTypeHash
            AND GrainIdN0 = @GrainIdN0
            AND GrainIdN1 = @GrainIdN1
            AND GrainIdExtensionString = coalesce(@GrainIdExtensionString, '''')
            AND GrainTypeString = @GrainTypeString
            AND ServiceId = @ServiceId
            AND Version = CAST(@GrainStateVersion AS integer)
         RETURNING Version
     ),
     inserted AS
     (
         INSERT INTO OrleansStorage
             (GrainIdHash, GrainIdN0, GrainIdN1, GrainTypeHash, GrainTypeString, GrainIdExtensionString, ServiceId,
              PayloadBinary, ModifiedOn, Version)
         SELECT @GrainIdHash, @GrainIdN0, @GrainIdN1, @GrainTypeHash, @GrainTypeString, coalesce(@GrainIdExtensionString, ''''), @ServiceId,
                CAST(@PayloadBinary AS bytea), now(), 1
          WHERE CAST(@GrainStateVersion AS integer) IS NULL
             ON CONFLICT DO NOTHING
         RETURNING Version
     )
     SELECT coalesce((SELECT Version FROM updated), (SELECT Version FROM inserted)) AS NewGrainStateVersion;'
);

-- Clearing keeps the row and its version: a writer that still holds the state from before the clear is refused.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
(
    'ClearStorageKey',
    'WITH cleared AS
     (
         UPDATE OrleansStorage
            SET PayloadBinary = NULL,
                ModifiedOn = now(),
                Version = Version + 1
          WHERE GrainIdHash = @GrainIdHash
            AND GrainTypeHash = @GrainTypeHash
            AND GrainIdN0 = @GrainIdN0
            AND GrainIdN1 = @GrainIdN1
            AND GrainIdExtensionString = coalesce(@GrainIdExtensionString, '''')
            AND GrainTypeString = @GrainTypeString
            AND ServiceId = @ServiceId
            AND Version = CAST(@GrainStateVersion AS integer)
         RETURNING Version
     )
     SELECT (SELECT Version FROM cleared) AS NewGrainStateVersion;'
);
