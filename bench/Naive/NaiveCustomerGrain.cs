using Npgsql;

namespace Marketing.Bench.Naive;

internal sealed class NaiveCustomerGrain(
    [PersistentState("naive-customer")] IPersistentState<NaiveCustomerState> state, NpgsqlDataSource source) : Grain, INaiveCustomerGrain
{
    public async Task RecordAsync()
    {
        state.State.Events++;
        await state.WriteStateAsync();
        var customer = this.GetPrimaryKeyLong();
        await RunAsync("INSERT INTO naive_messages (customer, occurrence, channel, due_at) VALUES ($1, $2, 'discard', 0)", customer);

        // Sent, as the discarding channel would, and gone.
        await RunAsync("DELETE FROM naive_messages WHERE customer = $1 AND occurrence = $2", customer);
    }

    private async Task RunAsync(string sql, long customer)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = customer });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = state.State.Events });
        await command.ExecuteNonQueryAsync();
    }
}
