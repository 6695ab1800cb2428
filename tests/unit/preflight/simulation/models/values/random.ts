import { type Examples } from "./examples";

export const randomExamples: Examples = {
  "random:index/randomPassword:RandomPassword": {
    good: { length: 32, minLower: 1, minUpper: "1", minNumeric: 0, minSpecial: 0 },
    accepted: [{ special: false, length: 2 }],
    refused: {
      length: [
        [{ length: 0, minLower: 0, minUpper: 0 }, "length '0' must be a whole number, 1 or more"],
        [
          { length: "many", minLower: 0, minUpper: 0 },
          "length 'many' must be a whole number, 1 or more",
        ],
      ],
      minLower: [[{ minLower: -1 }, "minLower '-1' must be a whole number, 0 or more"]],
      minUpper: [[{ minUpper: -1 }, "minUpper '-1' must be a whole number, 0 or more"]],
      minNumeric: [[{ minNumeric: 0.5 }, "minNumeric '0.5' must be a whole number, 0 or more"]],
      minSpecial: [[{ minSpecial: -1 }, "minSpecial '-1' must be a whole number, 0 or more"]],
    },
    together: [
      [
        { length: 8, minLower: 5, minUpper: 4 },
        ["length must be at least 9, the sum of minLower, minUpper, minNumeric, minSpecial"],
      ],
      [
        { lower: false, upper: false, numeric: false, special: false },
        ["needs one of lower, upper, special, numeric"],
      ],
      [
        { lower: false, upper: false, number: false, special: false },
        ["needs one of lower, upper, special, numeric"],
      ],
    ],
  },
  "random:index/randomId:RandomId": {
    good: { byteLength: 4 },
    refused: {
      byteLength: [[{ byteLength: 0 }, "byteLength '0' must be a whole number, 1 or more"]],
    },
  },
};
