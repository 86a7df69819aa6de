namespace Digits.Painting;

/// <summary>The ways people write the ten digits, as pen strokes.</summary>
internal static class Glyphs
{
    static readonly Stroke[][][] Variants =
    [
        [ // 0: oval, narrow, not quite closed, slashed
            Draw("50,0 15,14 0,50 15,86 50,100 85,86 100,50 85,14 z"),
            Draw("50,0 25,18 18,50 28,84 50,100 74,84 82,50 74,16 z"),
            Draw("60,3 25,14 2,52 18,90 55,99 92,76 98,40 80,8 50,5"),
            Draw("50,0 15,14 0,50 15,86 50,100 85,86 100,50 85,14 z", "84,8! 16,92!"),
        ],
        [ // 1: a bar, with a flag, with flag and foot, with a bent flag
            Draw("50,0! 50,100!"),
            Draw("22,24! 55,0! 55,100!"),
            Draw("25,22! 52,0! 52,100!", "22,100! 82,100!"),
            Draw("25,28 42,16 56,0! 50,100!"),
        ],
        [ // 2: flat foot, looped, angular, with a wave for a foot
            Draw("8,25 25,5 58,0 88,18 80,45 45,74 5,100! 95,100!"),
            Draw("8,22 30,2 65,2 88,25 70,55 32,84 10,96 6,86 20,80 45,90 70,98 97,90"),
            Draw("8,14 50,0 90,14 84,42! 5,100! 100,98!"),
            Draw("5,28 25,5 65,2 90,28 62,62 8,98! 35,90 65,98 98,94"),
        ],
        [ // 3: two bows, flat top, with a loop in the middle
            Draw("8,14 42,0 84,12 78,38 40,47! 88,56 95,82 52,100 4,88"),
            Draw("8,2! 88,2! 42,40! 84,48 96,74 74,96 38,100 4,90"),
            Draw("8,16 40,0 82,10 80,34 52,48 36,47 48,44 88,60 90,86 50,100 6,90"),
        ],
        [ // 4: open, closed, closed with its own stem, round
            Draw("22,0! 4,60! 96,60!", "72,28! 70,100!"),
            Draw("74,100! 74,0! 0,68! 100,68!"),
            Draw("58,0! 2,62! 95,62!", "68,30! 66,100!"),
            Draw("10,0 8,32 28,50 82,46!", "86,0! 80,100!"),
        ],
        [ // 5: in one go, roof added last, round
            Draw("90,0! 20,0! 12,45! 48,36 86,48 95,72 75,95 40,100 4,90"),
            Draw("24,3! 16,44! 50,36 88,52 90,82 55,100 6,92", "22,2! 96,0!"),
            Draw("90,6 48,0 18,12 22,38 60,46 92,66 82,92 45,100 4,90"),
        ],
        [ // 6: bent, straight, curled
            Draw("80,2 40,18 10,55 12,85 45,100 85,88 90,66 60,50 18,64"),
            Draw("68,0! 24,48 8,75 25,98 65,100 92,80 80,57 45,52 14,68"),
            Draw("88,10 62,0 26,14 5,50 8,85 45,100 85,90 92,68 65,52 30,55 8,76"),
        ],
        [ // 7: plain, barred, bent, with a serif
            Draw("4,0! 96,0! 38,100!"),
            Draw("4,0! 96,0! 40,100!", "24,52! 88,48!"),
            Draw("4,8 45,4 96,0! 60,42 44,100"),
            Draw("8,20! 8,2! 96,2! 34,100!"),
        ],
        [ // 8: in one go, two rings, open at the top
            Draw("50,47 16,30 18,8 50,0 82,8 84,30 50,47 12,68 14,92 50,100 86,92 88,68 z"),
            Draw("50,0 22,9 20,36 50,46 80,36 78,9 z", "50,46 12,58 8,88 50,100 92,88 88,58 z"),
            Draw("86,10 50,0 15,12 18,34 50,48 86,66 84,92 50,100 14,92 16,68 50,48 82,28 92,6"),
        ],
        [ // 9: straight stem, curled, ring and line
            Draw("86,18 55,0 16,11 8,36 40,50 76,42 88,16! 80,100!"),
            Draw("88,22 60,0 20,8 8,35 35,52 75,45 88,22 90,60 68,92 24,98"),
            Draw("50,0 15,8 10,36 45,50 82,38 85,10 z", "87,6! 70,100!"),
        ],
    ];

    /// <summary>The strokes of each way of writing <paramref name="digit"/>.</summary>
    public static IReadOnlyList<Stroke[]> Of(int digit) => Variants[digit];

    static Stroke[] Draw(params string[] strokes) => [.. strokes.Select(Stroke.Parse)];
}
