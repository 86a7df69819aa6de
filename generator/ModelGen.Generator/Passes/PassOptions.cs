using ModelGen.Generator.Expressions;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Passes;

/// <summary>What the passes are told of the machine and of the use of a program.</summary>
/// <param name="Family">The processors; passes that weigh costs know no other numbers.</param>
/// <param name="TypicalBatch">The batch that costs are weighed for.</param>
/// <param name="WinogradPoints">See <see cref="TileConvolutions.Apply"/>.</param>
/// <param name="Derives">Whether what follows from parameters and buffers alone is computed apart.</param>
/// <param name="SpreadsRows">See <see cref="SpreadRows"/>.</param>
/// <param name="PadsOperands">Whether what a product reads over the edge is copied with its zeros first: a GPU's loads are predicated, which costs less than
/// the copy.</param>
/// <param name="OrdersOperands">See <see cref="OrderOperands"/>.</param>
internal sealed record PassOptions(
    CpuFamily Family, int TypicalBatch = Axis.TypicalBatch, int WinogradPoints = WinogradMatrices.MostPoints, bool Derives = false, bool SpreadsRows = false,
    bool PadsOperands = true, bool OrdersOperands = false);
