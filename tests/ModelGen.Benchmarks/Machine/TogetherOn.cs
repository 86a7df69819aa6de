namespace ModelGen.Benchmarks.Machine;

/// <summary>Measures a rate on several threads that start each round together.</summary>
internal static class TogetherOn
{
    const int UsualRounds = 7;

    /// <summary>The sum over the threads of the median rate of each.</summary>
    public static double Threads(int threads, Func<double> rate, int rounds = UsualRounds) => Threads(threads, () => NoState.Instance, _ => rate(), rounds);

    /// <summary>The same with a state for each thread, made by it, so that its memory is near it.</summary>
    public static double Threads<TState>(int threads, Func<TState> make, Func<TState, double> rate, int rounds = UsualRounds)
        where TState : IDisposable
    {
        using var barrier = new Barrier(threads);
        var rates = new double[threads];
        void Work(int thread)
        {
            using TState state = make();
            var samples = new double[rounds];
            for (int round = 0; round < rounds; round++)
            {
                barrier.SignalAndWait();
                samples[round] = rate(state);
            }
            Array.Sort(samples);
            rates[thread] = samples[rounds / 2];
        }

        Thread[] workers = [.. Enumerable.Range(0, threads).Select(thread => new Thread(() => Work(thread)))];
        foreach (Thread worker in workers)
            worker.Start();
        foreach (Thread worker in workers)
            worker.Join();
        return rates.Sum();
    }

    sealed class NoState : IDisposable
    {
        public static readonly NoState Instance = new();

        public void Dispose()
        {
        }
    }
}
