-- One row for each cluster. Every change of membership takes the next version of it, which is what makes silos agree on an order.
CREATE TABLE OrleansMembershipVersionTable
(
    DeploymentId text COLLATE "C" NOT NULL PRIMARY KEY,
    Timestamp    timestamptz      NOT NULL DEFAULT now(),
    Version      integer          NOT NULL DEFAULT 0
);

-- One row for each run of a silo. Status is Orleans' SiloStatus: 3 is active, 6 is dead.
CREATE TABLE OrleansMembershipTable
(
    DeploymentId text COLLATE "C" NOT NULL REFERENCES OrleansMembershipVersionTable ON DELETE CASCADE,
    Address      text COLLATE "C" NOT NULL,
    Port         integer          NOT NULL,
    Generation   integer          NOT NULL,
    SiloName     text             NOT NULL,
    HostName     text             NOT NULL,
    Status       integer          NOT NULL,
    ProxyPort    integer          NULL,
    SuspectTimes text             NULL,
    StartTime    timestamptz      NOT NULL,
    IAmAliveTime timestamptz      NOT NULL,
    PRIMARY KEY (DeploymentId, Address, Port, Generation)
);

-- The outer joins answer the cluster's version even when no silo is found.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
(
    'MembershipReadAllKey',
    'SELECT cluster.DeploymentId, silo.Address, silo.Port, silo.Generation, silo.SiloName, silo.HostName, silo.Status,
            silo.ProxyPort, silo.SuspectTimes, silo.StartTime, silo.IAmAliveTime, cluster.Version
       FROM OrleansMembershipVersionTable AS cluster
       LEFT JOIN OrleansMembershipTable AS silo ON silo.DeploymentId = cluster.DeploymentId
      WHERE cluster.DeploymentId = @DeploymentId;'
),
(
    'MembershipReadRowKey',
    'SELECT cluster.DeploymentId, silo.Address, silo.Port, silo.Generation, silo.SiloName, silo.HostName, silo.Status,
            silo.ProxyPort, silo.SuspectTimes, silo.StartTime, silo.IAmAliveTime, cluster.Version
       FROM OrleansMembershipVersionTable AS cluster
       LEFT JOIN OrleansMembershipTable AS silo
         ON silo.DeploymentId = cluster.DeploymentId
        AND silo.Address = @Address
        AND silo.Port = @Port
        AND silo.Generation = @Generation
      WHERE cluster.DeploymentId = @DeploymentId;'
),
(
    'GatewaysQueryKey',
    'SELECT Address, ProxyPort, Generation
       FROM OrleansMembershipTable
      WHERE DeploymentId = @DeploymentId AND Status = @Status AND ProxyPort > 0;'
),
(
    'DeleteMembershipTableEntriesKey',
    'DELETE FROM OrleansMembershipVersionTable WHERE DeploymentId = @DeploymentId;'
);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
(
    'InsertMembershipVersionKey',
    'WITH created AS
     (
         INSERT INTO OrleansMembershipVersionTable (DeploymentId)
         VALUES (@DeploymentId)
             ON CONFLICT DO NOTHING
         RETURNING 1
     )
     SELECT EXISTS (SELECT 1 FROM created);'
);

-- The version and the silo's row change in one statement, or neither does: the version is taken only when the row can be
-- written, and the row follows only a version that was taken. Two writers that hold the same version queue for its row, and
-- the second finds it gone.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
(
    'InsertMembershipKey',
    'WITH taken AS
     (
         UPDATE OrleansMembershipVersionTable
            SET Version = Version + 1, Timestamp = now()
          WHERE DeploymentId = @DeploymentId
            AND Version = @Version
            AND NOT EXISTS (SELECT 1
                              FROM OrleansMembershipTable AS silo
                             WHERE silo.DeploymentId = @DeploymentId
                               AND silo.Address = @Address
                               AND silo.Port = @Port
                               AND silo.Generation = @Generation)
         RETURNING DeploymentId
     ),
     written AS
     (
         INSERT INTO OrleansMembershipTable
             (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
         SELECT DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
           FROM taken
         RETURNING 1
     )
     SELECT EXISTS (SELECT 1 FROM written);'
);

-- A silo that suspects another writes the heartbeat it has read, which may be older than the one stored meanwhile; the later
-- one stays, or a living silo would look late.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
(
    'UpdateMembershipKey',
    'WITH taken AS
     (
         UPDATE OrleansMembershipVersionTable
            SET Version = Version + 1, Timestamp = now()
          WHERE DeploymentId = @DeploymentId
            AND Version = @Version
            AND EXISTS (SELECT 1
                          FROM OrleansMembershipTable AS silo
                         WHERE silo.DeploymentId = @DeploymentId
                           AND silo.Address = @Address
                           AND silo.Port = @Port
                           AND silo.Generation = @Generation)
         RETURNING DeploymentId
     ),
     written AS
     (
         UPDATE OrleansMembershipTable AS silo
            SET Status = @Status,
                SuspectTimes = @SuspectTimes,
                IAmAliveTime = greatest(silo.IAmAliveTime, @IAmAliveTime)
           FROM taken
          WHERE silo.DeploymentId = taken.DeploymentId
            AND silo.Address = @Address
            AND silo.Port = @Port
            AND silo.Generation = @Generation
         RETURNING 1
     )
     SELECT EXISTS (SELECT 1 FROM written);'
),
(
    'UpdateIAmAlivetimeKey',
    'UPDATE OrleansMembershipTable
        SET IAmAliveTime = greatest(IAmAliveTime, @IAmAliveTime)
      WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation;'
);

-- Only the dead are forgotten. With the second query the provider picks them itself and names what it saw, so that a row which
-- changed in between stays; the first is the one it insists on.
INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
(
    'CleanupDefunctSiloEntriesKey',
    'DELETE FROM OrleansMembershipTable
      WHERE DeploymentId = @DeploymentId
        AND Status = 6
        AND IAmAliveTime < @IAmAliveTime
        AND StartTime < @IAmAliveTime;'
),
(
    'CleanupDefunctSiloEntryKey',
    'DELETE FROM OrleansMembershipTable
      WHERE DeploymentId = @DeploymentId
        AND Address = @Address
        AND Port = @Port
        AND Generation = @Generation
        AND Status = 6
        AND IAmAliveTime = @IAmAliveTime
        AND StartTime = @StartTime
        AND coalesce(SuspectTimes, '''') = coalesce(@SuspectTimes, '''');'
);
