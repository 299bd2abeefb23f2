using System.Globalization;

namespace Marketing.Bench.Deployments;

/// <summary>Makes members of customers that were copied, as <see cref="DatabaseFilling"/> makes the customers.</summary>
internal static class MemberFilling
{
    extension(Database database)
    {
        /// <summary>Gives customers c-known … c-(count-1) what the first member has. Their ledgers are empty.</summary>
        public async Task CopyMembersAsync(int known, int count)
        {
            var first = await database.ValueAsync(string.Create(CultureInfo.InvariantCulture,
                $"""
                INSERT INTO sequences AS s (name, next) VALUES ('vouchers', {count + 1})
                ON CONFLICT (name) DO UPDATE SET next = s.next + {count} RETURNING next - {count}
                """));
            await database.RunAsync("CREATE UNLOGGED TABLE copied (customer bigint, n bigint)");
            await database.RunAsync(string.Create(CultureInfo.InvariantCulture, $"INSERT INTO copied SELECT no, CAST(substr(source_id, 3) AS bigint) FROM customers WHERE source_id ~ '^c-[0-9]+$' AND CAST(substr(source_id, 3) AS bigint) >= {known}"));
            var (no, id) = ($"{first.ToString(CultureInfo.InvariantCulture)} + n", "'v_' || lpad('C' || n, 24, 'x')");
            await database.RunAsync(
                $"""
                INSERT INTO vouchers (no, project, id, version, code, code_key, campaign, revision, type, active, document, created_at, updated_at)
                SELECT {no}, project, {id}, version, 'M-' || n, 'M-' || n, campaign, revision, type, active, document, created_at, updated_at
                FROM (SELECT v.* FROM vouchers v JOIN loyalty_members m ON m.no = v.no ORDER BY v.no LIMIT 1) v, copied
                """);
            await database.RunAsync(
                $"""
                INSERT INTO holders (no, project, id, version, customer, publication, revision, distribution, created_at)
                SELECT {no}, project, {id}, version, copied.customer, publication, revision, distribution, created_at
                FROM (SELECT h.* FROM holders h JOIN loyalty_members m ON m.no = h.no ORDER BY h.no LIMIT 1) h, copied
                """);
            await database.RunAsync(
                $"""
                INSERT INTO balances (project, account, value, entries)
                SELECT project, 'voucher/' || ({no}) || '/points', value, entries
                FROM (SELECT b.* FROM balances b JOIN (SELECT min(no) AS no FROM loyalty_members) m ON b.account = 'voucher/' || m.no || '/points') b, copied
                """);
            await database.RunAsync(
                $"""
                INSERT INTO loyalty_members (no, project, id, version, campaign, customer, due_on, document, created_at, updated_at)
                SELECT {no}, project, {id}, version, campaign, copied.customer, due_on, document, created_at, updated_at
                FROM (SELECT * FROM loyalty_members ORDER BY no LIMIT 1) m, copied
                """);
            await database.RunAsync("DROP TABLE copied");
            await database.RunAsync("VACUUM (ANALYZE) vouchers, holders, balances, loyalty_members");
        }
    }
}
