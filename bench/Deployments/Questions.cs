using System.Globalization;
using Npgsql;

namespace Marketing.Bench.Deployments;

/// <summary>Short questions to a database.</summary>
internal static class Questions
{
    extension(NpgsqlDataSource source)
    {
        /// <summary>One number; zero when there is none.</summary>
        public async Task<double> ValueAsync(string sql)
        {
            await using var command = source.CreateCommand(sql);
            return await command.ExecuteScalarAsync() is { } value and not DBNull ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : 0;
        }

        /// <summary>One column of text.</summary>
        public async Task<List<string>> TextsAsync(string sql)
        {
            await using var command = source.CreateCommand(sql);
            await using var reader = await command.ExecuteReaderAsync();
            List<string> texts = [];
            while (await reader.ReadAsync())
            {
                texts.Add(reader.GetString(0));
            }

            return texts;
        }
    }
}
